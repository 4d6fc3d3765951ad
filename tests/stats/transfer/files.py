"""Files of figures as other tools write them, made up."""

import io
import zipfile
from pathlib import Path

from bredele.stats.transfer.gathered import Gathered
from bredele.stats.transfer.recognising import read_stream

PLAUSIBLE = {
    "imported_visitors": (
        "date,visitors,pageviews,bounces,visits,visit_duration",
        "2026-10-01,120,400,40,150,9000",
        "2026-10-02,80,200,20,90,4000",
    ),
    "imported_pages": (
        (
            "date,hostname,page,visits,visitors,pageviews,total_scroll_depth,total_scroll_depth_visits,"
            "total_time_on_page,total_time_on_page_visits"
        ),
        "2026-10-01,town.example,/,90,80,300,0,0,1500,100",
        "2026-10-01,town.example,/news/,60,50,96,0,0,400,40",
        "2026-10-01,town.example,/rare/,4,4,4,0,0,30,4",
        '2026-10-02,town.example,"/user/anna@example.org",80,70,200,,,\\N,',
    ),
    "imported_entry_pages": (
        "date,entry_page,visitors,entrances,visit_duration,bounces,pageviews",
        "2026-10-01,/,100,130,8000,30,350",
        "2026-10-01,/news/,20,20,1000,10,50",
        "2026-10-02,/user/anna@example.org,80,90,4000,20,200",
    ),
    "imported_exit_pages": (
        "date,exit_page,visitors,visit_duration,exits,bounces,pageviews",
        "2026-10-01,/,100,8000,150,30,350",
        "2026-10-02,/,80,4000,90,20,200",
    ),
    "imported_sources": (
        (
            "date,source,referrer,utm_source,utm_medium,utm_campaign,utm_content,utm_term,pageviews,visitors,visits,"
            "visit_duration,bounces"
        ),
        "2026-10-01,Google,google.com/search,,,,,,200,60,70,0,0",
        "2026-10-01,,,,,,,,150,50,60,0,0",
        "2026-10-01,spring-letter,,spring-letter,mail,spring,,,50,10,20,0,0",
        "2026-10-02,Google,google.com,,,,,,200,80,90,0,0",
    ),
    "imported_locations": (
        "date,country,region,city,visitors,visits,visit_duration,bounces,pageviews",
        "2026-10-01,FR,FR-ARA,2996944,60,80,0,0,200",
        "2026-10-01,FR,FR-IDF,2988507,60,70,0,0,200",
        "2026-10-02,FR,,0,80,90,0,0,200",
    ),
    "imported_devices": (
        "date,device,visitors,visits,visit_duration,bounces,pageviews",
        "2026-10-01,Mobile,60,75,0,0,200",
        "2026-10-01,Laptop,40,50,0,0,150",
        "2026-10-01,Desktop,20,25,0,0,50",
        "2026-10-02,Mobile,80,90,0,0,200",
    ),
    "imported_browsers": (
        "date,browser,browser_version,visitors,visits,visit_duration,bounces,pageviews",
        "2026-10-01,Chrome,129.0,60,75,0,0,200",
        "2026-10-01,Chrome,128.0,60,75,0,0,200",
        "2026-10-02,Microsoft Edge,129.0,80,90,0,0,200",
    ),
    "imported_operating_systems": (
        "date,operating_system,operating_system_version,visitors,visits,visit_duration,bounces,pageviews",
        "2026-10-01,iOS,18,120,150,0,0,400",
    ),
    "imported_custom_events": (
        "date,name,link_url,path,visitors,events",
        "2026-10-01,Outbound Link: Click,https://region.example/x?y=1,,12,14",
        "2026-10-01,File Download,https://town.example/plan.pdf,,9,11",
        "2026-10-01,404,,/gone,10,12",
        "2026-10-01,Signed up as mayor,,,3,3",
    ),
}
"""The tables of one export of two days, with the names of files and columns that Plausible gives them."""


def plausible(tables: dict[str, tuple[str, ...]] | None = None) -> bytes:
    """The zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, lines in (tables or PLAUSIBLE).items():
            archive.writestr(f"{name}_20261001_20261002.csv", "\n".join(lines).replace("\\N", "") + "\n")
    return packed.getvalue()


def read(data: bytes | str, name: str = "figures") -> Gathered:
    """What a file of these bytes holds."""
    raw = data.encode() if isinstance(data, str) else data
    return read_stream(io.BytesIO(raw), name, lambda file, lines: None)


def kept(directory: Path, data: bytes | str, name: str = "figures") -> Path:
    """The file itself."""
    path = directory / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path
