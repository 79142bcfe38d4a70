"""`python -m praxigen`: the praxigen command."""

from praxigen.cli.main import main

if __name__ == "__main__":
    main()
