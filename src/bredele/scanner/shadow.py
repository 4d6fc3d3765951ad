"""Closed shadow roots: no script of the page can enter them, but DevTools can, and lets our own scripts in."""

from collections.abc import Iterator
from typing import Any

from playwright.async_api import CDPSession, Error

from bredele.scanner.visit import Visit, raise_if_gone

Node = dict[str, Any]
REMEMBER = """function (name) {
  if (!globalThis[name]) Object.defineProperty(globalThis, name, { value: new WeakMap(), configurable: true });
  globalThis[name].set(this.host, this);
}"""


async def reveal(visit: Visit) -> bool:
    """Let `find_controls.js` see into every closed root, also of frames of other sites. False if there is none."""
    found = False
    for session in await sessions(visit):
        try:
            document = await session.send("DOM.getDocument", {"depth": -1, "pierce": True})
            for number in closed(document["root"]):
                node = await session.send("DOM.resolveNode", {"backendNodeId": number})
                call = {
                    "objectId": node["object"]["objectId"],
                    "functionDeclaration": REMEMBER,
                    "arguments": [{"value": visit.recorder.closed_roots}],
                }
                await session.send("Runtime.callFunctionOn", call)
                found = True
        except Error as error:
            raise_if_gone(error)
    return found


async def sessions(visit: Visit) -> list[CDPSession]:
    """A conversation with the page and with each frame that lives in a process of its own."""
    found = [visit.recorder.session] if visit.recorder.session else []
    for frame in visit.page.frames[1:]:
        try:
            found.append(await visit.context.new_cdp_session(frame))
        except Error as error:  # a frame of the same site is part of the page's own conversation
            raise_if_gone(error)
    return found


def closed(node: Node) -> Iterator[int]:
    """The numbers of all closed roots below a node."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        for root in one.get("shadowRoots", ()):
            if root.get("shadowRootType") == "closed":
                yield int(root["backendNodeId"])
            waiting.append(root)
        waiting += one.get("children", ())
        if "contentDocument" in one:
            waiting.append(one["contentDocument"])
