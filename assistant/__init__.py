"""Questions in, cited and verified answers out, through the API, the command line and other channels."""
