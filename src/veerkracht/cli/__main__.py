from veerkracht.cli import main

# A process that plays runs reads this module again.
if __name__ == "__main__":
    main()
