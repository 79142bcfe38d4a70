"""The pages of cases, one module an idea."""
