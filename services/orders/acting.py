"""Doing something to an order: preview, do, and the answer to both. Undo is an action like the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from data.ids import new_id
from data.store import Reader, Writer
from services import clock, people
from services.errors import Conflict, NotFound, store_errors
from services.goods.completing import completed
from services.language import _, moment
from services.messages import drafting, outbox
from services.messages.kinds import Audience, Template
from services.messages.states import MessageState
from services.messages.telling import ON_REQUEST, is_told
from services.orders import (
    automatic,
    changes,
    derive,
    doubled,
    elsewhere,
    life,
    reading,
    relabelling,
    repeats,
    words,
    writing,
)
from services.orders.actions import PLANNERS
from services.orders.body import TEXT, Body
from services.orders.changes import Change
from services.orders.letters import Letter as Letter
from services.orders.letters import drafted, letter
from services.orders.order import Order, as_json, message_json
from services.orders.parts import Message
from services.orders.plan import Asked, Plan, ToSend, applied
from services.orders.statuses import ActionName
from services.people import Actor
from services.profile import Profile, profile
from services.shop import Shop

_COMMON = ("version", "preview", "tell_customer", "reason")


@dataclass(frozen=True)
class Request:
    """What somebody wants done. `order` is an id or a number; `version` is the one they saw, None for any; `params`
    are the action's own. `insists`: that the customer is told was said in so many words, whatever the shop's rule
    is. `cause` names the rule by which the shop does it by itself."""

    action: ActionName
    order: str
    version: int | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    tell_customer: bool = True
    reason: str = ""
    key: str | None = None
    insists: bool = False
    cause: str = ""


@dataclass(frozen=True)
class Answer:
    """What an action did, or would do: the order as it is now, what changed or would, which messages. `event` is None
    for a preview. `kept` is the answer that an earlier request of the same key got."""

    order: Order
    changes: tuple[Change, ...] = ()
    messages: tuple[Letter, ...] = ()
    refused: str | None = None
    event: str | None = None
    warnings: tuple[str, ...] = ()
    kept: dict[str, Any] | None = None


def asked_for(action: str, order: str, given: object, key: str | None = None) -> tuple[Request, bool]:
    """A request from the API's words, and whether it only previews. Raises `NotFound` for an unknown action,
    `Invalid` for what every action takes."""
    if action not in set(ActionName):
        raise NotFound(_("There is no action “{action}”.", action=action[:80]))
    body = Body(given)
    version, is_preview = body.whole("version"), body.flag("preview", False)
    # a corrected number is told only when somebody asks for it
    tell = body.flag("tell_customer", action != ActionName.EDIT_TRACKING)
    reason = body.text("reason", TEXT)
    if body.faults:
        body.done()
    params = {name: value for name, value in dict(given).items() if name not in _COMMON}  # type: ignore[call-overload]
    insists = tell and body.has("tell_customer")
    return Request(ActionName(action), order, version, params, tell, reason, key, insists), is_preview


def preview(shop: Shop, request: Request, actor: Actor, now: datetime | None = None) -> Answer:
    """What an action would do; changes nothing. A step that is not legal is `refused` with the sentence. Raises
    `NotFound`, `Invalid` for parameters, `Conflict` for a stale version."""
    at = now or clock.now()
    with store_errors(), shop.store.read() as read:
        order, rules = _order(read, shop, request), profile(read, shop.settings)
        asked = Asked(at, actor, new_id(), request.reason, rules.time_zone)
        check_version(order, request, asked)
        try:
            plan = completed(read, shop.settings, order, planned(order, request, asked), rules, asked)
            after = applied(order, plan, at)
            letters = letters_of(shop, plan, after, rules, asked, request)
        except Conflict as refusal:
            return Answer(order, refused=refusal.sentence)
        if derive.received(plan.payments):
            after = doubled.foreseen(read, after, rules, at)
        goods = automatic.foreseen(read, shop, order, after, rules, asked, request.tell_customer, plan.goods)
        borne = elsewhere.warnings(read, order, plan)
    letters += relabelling.redrawn(shop, plan, after, rules, at)
    shown = tuple(letter(row) for row in letters) + goods.letters + _stopping(order, plan)
    warnings = (*warnings_of(plan, after, request), *borne, *goods.warnings)
    return Answer(order, changes.between(order, goods.order), shown, warnings=warnings)


def do(shop: Shop, request: Request, actor: Actor, now: datetime | None = None) -> Answer:
    """Do it, in one transaction: order, new rows, event, messages. Raises `NotFound`, `Invalid`, and `Conflict` when
    somebody was faster or the step is not legal now; then nothing has changed. A repeat of the same `key` is answered
    as the first time, and done once."""
    at = now or clock.now()
    with store_errors(), shop.store.write() as write:
        scope, asking = "action", [request.action, request.order, request.version, dict(request.params)]
        asking += [request.tell_customer, request.reason]
        kept = repeats.answered(write, scope, request.key, asking)
        order, rules = _order(write, shop, request), profile(write, shop.settings)
        if kept:
            return Answer(order, kept=kept.answer)
        asked = Asked(at, actor, new_id(), request.reason, rules.time_zone, request.cause)
        check_version(order, request, asked)
        plan = completed(write, shop.settings, order, planned(order, request, asked), rules, asked)
        answer = carried_out(write, shop, order, plan, rules, asked, request)
        repeats.keep(write, scope, request.key, asking, 200, answer_json, answer, at)
        return answer


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer in the API's words; `warnings` only when there are any."""
    if answer.kept is not None:
        return answer.kept
    told = {
        "order": as_json(answer.order),
        "changes": [{"field": one.field, "before": one.before, "after": one.after} for one in answer.changes],
        "messages": [message_json(one.message) | {"text": one.text, "html": one.html} for one in answer.messages],
        "refused": answer.refused,
        "event": answer.event,
    }
    return told | ({"warnings": list(answer.warnings)} if answer.warnings else {})


def _order(read: Reader, shop: Shop, request: Request) -> Order:
    return reading.find(read, request.order, shop.settings.time_zone)


def check_version(order: Order, request: Request, asked: Asked) -> None:
    """Raise `Conflict` that says who did what since the version that the caller saw."""
    if request.version is None or request.version == order.version:
        return
    if request.version > order.version:
        raise Conflict(
            _("This order is at version {version}: look at it again before you go on.", version=order.version)
        )
    since = order.events[-(order.version - request.version) :][-3:]
    told = "; ".join(
        f"{people.shown(event.actor)}: {words.event(event.kind)}, {moment(event.at, asked.zone)}" for event in since
    )
    raise Conflict(_("This order was changed since you opened it. {changes}. Look at it again first.", changes=told))


def planned(order: Order, request: Request, asked: Asked) -> Plan:
    """What the action would do to the order. Raises `Conflict` when it is not legal now, `Invalid` for parameters."""
    refusal = life.refusal(order, request.action)
    if refusal:
        raise Conflict(refusal)
    return PLANNERS[request.action](order, Body(request.params), asked)


def carried_out(
    write: Writer, shop: Shop, order: Order, plan: Plan, rules: Profile, asked: Asked, request: Request
) -> Answer:
    """Write a plan, completed with what it does to goods, in the caller's transaction."""
    after = applied(order, plan, asked.at)
    changed = changes.between(order, after)
    rows = {row["id"]: row for row in letters_of(shop, plan, after, rules, asked, request)}
    kept = [rows[message_id] for message_id in outbox.put(write, rows.values())]
    redrawn = relabelling.redrawn(shop, plan, after, rules, asked.at)
    outbox.redraw(write, redrawn, asked.at)
    if plan.undoes:
        outbox.stop_for_event(write, plan.undoes, asked.at)
    if plan.silences:
        silenced = [message.id for message in order.messages if _stops(message, plan)]
        outbox.stop_some(write, silenced, asked.at, asked.actor.name)
    event = writing.event(plan, changed, asked, [row["id"] for row in kept], is_untold=not request.tell_customer)
    writing.write(write, order, after, plan, event, rules.time_zone)
    shown = tuple(letter(row) for row in (*kept, *redrawn)) + _stopping(order, plan)
    after = replace(
        after,
        events=(*after.events, event),
        messages=relabelling.told(_stopped(after, plan), redrawn) + tuple(one.message for one in shown[: len(kept)]),
    )
    after = automatic.stop_mails(write, after, plan.goods, asked)
    if derive.received(plan.payments):
        after = doubled.watch(write, after, rules, asked.at)
        changed = changes.between(order, after)
    goods = automatic.follow(write, shop, order, after, rules, asked, request.tell_customer)
    if goods.order is not after:
        after, changed = goods.order, changes.between(order, goods.order)
    warnings = (*warnings_of(plan, after, request), *goods.warnings)
    return Answer(after, changed, shown + goods.letters, event=event.id, warnings=warnings)


def letters_of(
    shop: Shop, plan: Plan, after: Order, rules: Profile, asked: Asked, request: Request
) -> list[dict[str, Any]]:
    """Drafted rows for the messages of a plan; the customer's only when they are to be told. Raises `Conflict` when
    what should go out again has no recipient."""
    rows = []
    for wanted in to_tell(plan, rules, request):
        row = drafted(wanted, after, rules, shop.settings, asked)
        if row is None and wanted.is_again:
            raise drafting.nobody()
        rows += [row] if row else []
    return rows


def to_tell(plan: Plan, rules: Profile, request: Request) -> Iterator[ToSend]:
    """Those messages of a plan that are written, by the shop's rules and what the request says of telling."""
    for wanted in plan.messages:
        if is_told(
            wanted.template,
            rules,
            tells=request.tell_customer,
            insists=request.insists,
            is_again=wanted.is_again,
        ):
            yield wanted


def warnings_of(plan: Plan, after: Order, request: Request) -> tuple[str, ...]:
    """What a person should think of: the plan's own, that the order looks doubled, and that nobody is told."""
    if plan.shipments and doubled.is_doubted(after):
        plan = replace(plan, warnings=(*plan.warnings, _("This order looks doubled, and nobody has decided yet.")))
    tells = any(
        wanted.template.kind.audience is Audience.CUSTOMER and wanted.template not in ON_REQUEST
        for wanted in plan.messages
    )
    if tells and request.tell_customer and not after.email:
        return (*plan.warnings, _("Nobody is told: this order has no e-mail address."))
    if tells and request.tell_customer and after.is_muted:
        return (*plan.warnings, _("Nobody is told: messages of this order are muted."))
    return plan.warnings


def _stopped(order: Order, plan: Plan) -> tuple[Message, ...]:
    """The order's messages, those that the plan stops no longer waiting."""
    return tuple(
        replace(message, state=MessageState.CANCELLED.value) if _stops(message, plan) else message
        for message in order.messages
    )


def _stopping(order: Order, plan: Plan) -> tuple[Letter, ...]:
    """The messages that an undo or a muting stops."""
    return tuple(
        Letter(replace(message, state=MessageState.CANCELLED.value), "", "")
        for message in order.messages
        if _stops(message, plan)
    )


def _stops(message: Message, plan: Plan) -> bool:
    if not MessageState(message.state).can_be_stopped:
        return False
    if plan.silences:
        return message.template not in set(Template) or Template(message.template).kind.audience is Audience.CUSTOMER
    return bool(plan.undoes) and message.event_id == plan.undoes
