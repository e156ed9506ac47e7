"""The digits side of the lab: experiments on handwritten digits, which take their time."""
