"""One action on many orders: one preview, one job, one cooling-off, one undo.

frozen = bulk.chosen(shop, filter)                    all that match, in one snapshot
asked = Bulk(ActionName.MARK_SHIPPED, frozen.items)    or items=[(order_id, {"tracking_number": "…"}), …]
bulk.preview(shop, asked, actor)                      what it would do; changes nothing
job = bulk.start(shop, asked, actor)                  a job of services/jobs
bulk.stop_mails(shop, job.id, actor), bulk.undo(shop, job.id, actor)
"""

from services.bulk.asking import Bulk, Chosen, chosen, picked, start, start_once, undo
from services.bulk.mailing import Mails, mails, send_mails, stop_mails
from services.bulk.previewing import Preview, Refusal, Step, preview

__all__ = [
    "Bulk", "Chosen", "Mails", "Preview", "Refusal", "Step", "chosen", "mails", "picked", "preview", "send_mails",
    "start", "start_once", "stop_mails", "undo",
]  # fmt: skip
