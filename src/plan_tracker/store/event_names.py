"""What entries of the log are called: the commands that wrote them, and what became of a file.

The values stand in every workspace's log: they may be added to, and never changed.
"""

from __future__ import annotations

from enum import StrEnum


class EventName(StrEnum):
    """What was done. ``LOG_BROKEN`` tells that what came before it was not what the outer seal says."""

    LOG_BROKEN = "log broken"
    REGISTER_LOAD = "register load"
    NEW_YEAR = "new-year"
    ISSUE_FORMS = "issue-forms"
    WITHDRAW_FORMS = "issue-forms: withdrawn"
    INGEST_ACCEPTED = "ingest: accepted"
    INGEST_INCOMPLETE = "ingest: incomplete"
    INGEST_REJECTED = "ingest: rejected"
    INGEST_DUPLICATE = "ingest: duplicate"
    INGEST_RESTORED = "ingest: restored"
    INBOX_DECLINE = "inbox decline"
    INGEST_UNPACKED = "ingest: unpacked"
    INBOX_RETRY = "inbox retry"
    CORRECTION = "correction"
    OFFER = "offer"
    REMIND = "remind"
    ACCEPT = "accept"
    CIRCULATE = "circulate"
    REPORT = "report"
    REPORT_AGAIN = "report again"
    REPORT_EXTRACT = "report extract"
    REVIEW_SUBMIT = "review submit"
    REVIEW_COMMENT = "review comment"
    REVIEW_RESOLVE = "review resolve"
    REVIEW_APPROVE = "review approve"
    REVIEW_PERMIT = "review permit"
    REVIEW_REFUSE = "review refuse"
    REVIEW_REOPEN = "review reopen"
    PUBLISH = "publish"
    LETTERS_NUMBER = "letters number"
    LETTERS_WITHDRAW = "letters withdraw"
    MAIL_SENT = "mail: sent"
    MAIL_UNCERTAIN = "mail: uncertain"
    MAIL_FAILED = "mail: failed"
    MAIL_SETTLED = "mail: settled"
    MAIL_FETCHED = "mail: fetched"
    ORDERS_ADD = "orders add"
    ORDERS_LETTERS = "orders letters"
    ORDERS_DONE = "orders done"
    PLAN_APPROVE = "plan approve"
    TEMPLATES_UPDATE = "templates update"
    TEMPLATES_RESTORE = "templates restore"
    KEY_RENEW = "key renew"
    PUBLISHING_KEY = "key renew --publishing"
    REBUILD = "rebuild"

    @classmethod
    def of_ingest(cls, outcome: str) -> EventName:
        """What a file's outcome is called."""
        return cls(f"ingest: {outcome}")

    @classmethod
    def of_review(cls, act: str) -> EventName:
        """What an act of a review is called."""
        return cls(f"review {act}")
