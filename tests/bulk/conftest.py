"""A shop that mails, for bulk actions."""

from tests.messages.conftest import any_mailing, mailing, sendgrid

__all__ = ["any_mailing", "mailing", "sendgrid"]
