"""What templates of cases say in the library's words."""
