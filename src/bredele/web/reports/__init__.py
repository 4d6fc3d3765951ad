"""What the statistics tell by themselves: weekly mail, alerts, whether they may be called anonymous, the assessment."""
