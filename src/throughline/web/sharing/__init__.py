"""Requests for access: asking a body for what it holds, and answering."""
