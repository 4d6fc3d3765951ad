"""The self-assessment for the authority: the exemption's criteria against live settings and the last checks."""
