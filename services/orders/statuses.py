"""The words of an order's life, and which of them belong together. No status is typed anywhere else."""

from __future__ import annotations

from enum import StrEnum


class PaymentStatus(StrEnum):
    """Where the money is."""

    AWAITING_PAYMENT = "awaiting_payment"
    AUTHORISED = "authorised"
    PARTIALLY_PAID = "partially_paid"
    PAID = "paid"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        """Money is still to come."""
        return self in (self.AWAITING_PAYMENT, self.AUTHORISED, self.PARTIALLY_PAID)

    @property
    def has_money(self) -> bool:
        """The shop holds money for it."""
        return self in (self.PARTIALLY_PAID, self.PAID, self.PARTIALLY_REFUNDED)


class FulfilmentStatus(StrEnum):
    """Where the goods are."""

    AWAITING_PROCESSING = "awaiting_processing"
    PROCESSING = "processing"
    ON_HOLD = "on_hold"
    PARTIALLY_SHIPPED = "partially_shipped"
    READY_FOR_PICKUP = "ready_for_pickup"
    OUT_FOR_DELIVERY = "out_for_delivery"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    RETURNED = "returned"
    WILL_NOT_DELIVER = "will_not_deliver"

    @property
    def is_to_prepare(self) -> bool:
        """The shop still has work with the goods."""
        return self in (self.AWAITING_PROCESSING, self.PROCESSING, self.PARTIALLY_SHIPPED)

    @property
    def has_left(self) -> bool:
        """All the goods have left the shop."""
        return self in (self.OUT_FOR_DELIVERY, self.SHIPPED, self.DELIVERED, self.RETURNED)

    @property
    def is_over(self) -> bool:
        """Nothing more will happen with the goods."""
        return self in (self.DELIVERED, self.RETURNED, self.WILL_NOT_DELIVER)


class Kind(StrEnum):
    """What a line is."""

    PHYSICAL = "physical"
    DIGITAL = "digital"
    GIFT_CARD = "gift_card"


class PaymentKind(StrEnum):
    """What a row of `payments` is."""

    CHARGE = "charge"
    GIFT_CARD = "gift_card"
    REFUND = "refund"
    AUTHORISATION = "authorisation"
    CAPTURE = "capture"
    VOID = "void"
    FAILURE = "failure"

    @property
    def is_received(self) -> bool:
        """It brought money to the shop."""
        return self in (self.CHARGE, self.GIFT_CARD, self.CAPTURE)

    @property
    def uses_authorisation(self) -> bool:
        """It takes what an authorisation promised, or lets it go; a source may call a capture a charge."""
        return self in (self.CAPTURE, self.CHARGE, self.VOID)


class EventKind(StrEnum):
    """What happened to an order."""

    PLACED = "placed"
    IMPORTED = "imported"
    IMPORT_CHANGED = "import_changed"
    MARKED_PAID = "marked_paid"
    PAYMENT_RECORDED = "payment_recorded"
    FAILURE_RECORDED = "failure_recorded"
    CAPTURED = "captured"
    AUTHORISATION_VOIDED = "authorisation_voided"
    CUSTOMER_CONTACTED = "customer_contacted"
    UNPAID_REMINDED = "unpaid_reminded"
    MARKED_PROCESSING = "marked_processing"
    MARKED_SHIPPED = "marked_shipped"
    MARKED_DELIVERED = "marked_delivered"
    MARKED_READY_FOR_PICKUP = "marked_ready_for_pickup"
    MARKED_OUT_FOR_DELIVERY = "marked_out_for_delivery"
    MARKED_RETURNED = "marked_returned"
    MARKED_WILL_NOT_DELIVER = "marked_will_not_deliver"
    HELD = "held"
    RELEASED = "released"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    NOTE_ADDED = "note_added"
    TAGGED = "tagged"
    UNTAGGED = "untagged"
    CONTACT_EDITED = "contact_edited"
    TRACKING_EDITED = "tracking_edited"
    MESSAGE_RESENT = "message_resent"
    MESSAGE_STOPPED = "message_stopped"
    MUTED = "muted"
    UNMUTED = "unmuted"
    DOCUMENT_ISSUED = "document_issued"
    CORRECTED = "corrected"
    UNDONE = "undone"
    GOODS_SENT = "goods_sent"
    GOODS_WITHDRAWN = "goods_withdrawn"
    GOODS_RESTORED = "goods_restored"
    LINKS_REISSUED = "links_reissued"
    LINKS_WITHDRAWN = "links_withdrawn"
    SECRET_SHOWN = "secret_shown"  # noqa: S105 - the name of an event
    GIFT_CARD_REDEEMED = "gift_card_redeemed"
    GIFT_CARD_CHANGED = "gift_card_changed"


class ActionName(StrEnum):
    """What a person or program can do to an order; the words of the API."""

    MARK_PAID = "mark_paid"
    RECORD_PAYMENT = "record_payment"
    RECORD_FAILURE = "record_failure"
    CAPTURE = "capture"
    VOID_AUTHORISATION = "void_authorisation"
    CONTACT_CUSTOMER = "contact_customer"
    REMIND_UNPAID = "remind_unpaid"
    MARK_PROCESSING = "mark_processing"
    MARK_SHIPPED = "mark_shipped"
    MARK_DELIVERED = "mark_delivered"
    MARK_READY_FOR_PICKUP = "mark_ready_for_pickup"
    MARK_OUT_FOR_DELIVERY = "mark_out_for_delivery"
    MARK_RETURNED = "mark_returned"
    MARK_WILL_NOT_DELIVER = "mark_will_not_deliver"
    HOLD = "hold"
    RELEASE = "release"
    CANCEL = "cancel"
    REFUND = "refund"
    ADD_NOTE = "add_note"
    TAG = "tag"
    UNTAG = "untag"
    EDIT_CONTACT = "edit_contact"
    EDIT_TRACKING = "edit_tracking"
    RESEND = "resend"
    MUTE = "mute"
    UNMUTE = "unmute"
    REISSUE_LINKS = "reissue_links"
    WITHDRAW_LINKS = "withdraw_links"
    REDEEM_GIFT_CARD = "redeem_gift_card"
    CORRECT = "correct"
    UNDO = "undo"
