"""Values that every part of praxigen shares. Nothing here imports anything of ours but `errors`."""
