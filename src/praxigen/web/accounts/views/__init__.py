"""Pages about members and sign-in."""
