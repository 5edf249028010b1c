"""Start the agent; the file is also the entry of the bundle that each sandbox sees."""

from embedded.daytona.agent.serve import main

if __name__ == "__main__":
    main()
