"""The Django half: public pages, sign-in, the practice's workspace and the API. It never reasons clinically."""
