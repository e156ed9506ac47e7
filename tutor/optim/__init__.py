"""The numpy optimizer core: objectives, optimizers, schedules, line searches, flows and verdicts."""
