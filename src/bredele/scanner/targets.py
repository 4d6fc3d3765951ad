"""Conversations with every part of a page over DevTools: the page itself, frames of other sites, workers.

Playwright gives one session for a page; frames and workers are reached through it by nested sessions, which start
paused, so that nothing happens in them before it is listened to.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

from playwright.async_api import CDPSession, Error

Message = dict[str, Any]
Channel = Callable[[str, Message], Awaitable[object]]
"""Carries a command to one target."""
Listener = Callable[["Target", str, Message], None]
ATTACH = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": False}


class Target:
    """One page, frame or worker. `kind`: page, iframe, worker, shared_worker or service_worker; `main`: the page
    that the journey goes on in."""

    def __init__(self, channel: Channel, listener: Listener, kind: str, url: str, main: bool = False) -> None:
        self.channel, self.listener = channel, listener
        self.kind, self.url, self.main = kind, url, main
        self.children: dict[str, Target] = {}

    async def send(self, method: str, params: Message | None = None) -> None:
        """Send a command; a target that has gone away is no error."""
        try:
            await self.channel(method, params or {})
        except Error:
            return

    def receive(self, method: str, params: Message) -> None:
        """Take an event: attachments are followed, the rest goes to the listener."""
        match method:
            case "Target.attachedToTarget":
                self.attach(params)
            case "Target.detachedFromTarget":
                self.children.pop(params["sessionId"], None)
            case "Target.receivedMessageFromTarget":
                child = self.children.get(params["sessionId"])
                message = json.loads(params["message"])
                if child and "method" in message:
                    child.receive(message["method"], message.get("params", {}))
                return
            case "Target.targetInfoChanged":
                return
        self.listener(self, method, params)

    def attach(self, params: Message) -> None:
        """Open the nested conversation with a frame or worker."""
        session, info = params["sessionId"], params["targetInfo"]
        numbers = count()

        def channel(method: str, values: Message) -> Awaitable[object]:
            message = json.dumps({"id": next(numbers), "method": method, "params": values})
            return self.send("Target.sendMessageToTarget", {"sessionId": session, "message": message})

        child = Target(channel, self.listener, info["type"], info["url"])
        self.children[session] = child


def count() -> Iterator[int]:
    """Message numbers of one conversation."""
    number = 0
    while True:
        number += 1
        yield number


EVENTS = (
    "Network.requestWillBeSent",
    "Network.requestWillBeSentExtraInfo",
    "Network.responseReceived",
    "Network.responseReceivedExtraInfo",
    "Network.dataReceived",
    "Network.loadingFinished",
    "Network.loadingFailed",
    "Runtime.bindingCalled",
    "DOMStorage.domStorageItemAdded",
    "DOMStorage.domStorageItemUpdated",
    "Inspector.targetCrashed",
    "Target.attachedToTarget",
    "Target.detachedFromTarget",
    "Target.receivedMessageFromTarget",
)
"""What is listened to; everything else is dropped by Playwright's driver."""


def page_target(session: CDPSession, listener: Listener, main: bool) -> Target:
    """The target of a whole page on its Playwright session."""
    target = Target(session.send, listener, "page", "about:blank", main)
    for event in EVENTS:
        session.on(event, receiver(target, event))
    return target


def receiver(target: Target, event: str) -> Callable[[Message], None]:
    """Pass one kind of event to the target."""
    return lambda params: target.receive(event, params)


async def listen(target: Target, script: str, binding: str, headers: Mapping[str, str]) -> None:
    """Switch a target's reporting on, put our recording script in, and let it run; `headers` go with its requests."""
    commands: list[tuple[str, Message]] = [("Network.enable", {}), ("Runtime.enable", {})]
    commands.append(("Runtime.addBinding", {"name": binding}))
    if headers:
        commands.append(("Network.setExtraHTTPHeaders", {"headers": dict(headers)}))
    if target.kind in ("page", "iframe"):
        commands += [
            ("Page.enable", {}),
            ("DOMStorage.enable", {}),
            ("Page.addScriptToEvaluateOnNewDocument", {"source": script}),
        ]
    else:
        commands.append(("Runtime.evaluate", {"expression": script}))
    commands += [("Target.setAutoAttach", ATTACH), ("Runtime.runIfWaitingForDebugger", {})]
    await asyncio.gather(*(target.send(method, params) for method, params in commands))
