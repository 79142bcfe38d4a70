"""What people type on the pages of a case, examined before anything is stored."""
