"""What the viewer hangs first: the newest study, and beside it the one of the same kind before it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from overread.interop.dicom import Study

PROTOCOL = "overread.prior"


def query(studies: Sequence[Study]) -> dict[str, str]:
    """OHIF's address for these studies (one or more, oldest first as ``dicom.index`` gives them)."""
    current, *earlier = reversed(studies)
    before = prior(current, earlier)
    others = [study for study in earlier if study is not before]
    hung = [current, *([before] if before else []), *others]
    named = {"StudyInstanceUIDs": ",".join(dict.fromkeys(study.uid for study in hung))}
    return {**named, "hangingProtocolId": PROTOCOL} if before else named


def prior(current: Study, earlier: Sequence[Study]) -> Study | None:
    """The newest of the earlier studies that can be laid beside this one: the same person's, by the same modality.

    earlier: newest first. Another person's study under the same case is never a prior.
    """
    for study in earlier:
        if study.subject.key == current.subject.key and set(study.modalities) & set(current.modalities):
            return study
    return None


def protocol() -> dict[str, Any]:
    """OHIF's hanging protocol: the first study that the address names, then the second, both with the same window.

    Slices are not linked: two examinations share no coordinates, and who reads them links them where they match.
    """
    return {
        "id": PROTOCOL,
        "name": "Newest beside the one before",
        "numberOfPriorsReferenced": 1,
        "protocolMatchingRules": [],
        "toolGroupIds": ["default"],
        "displaySetSelectors": {name: _images_of(place) for place, name in enumerate(("current", "prior"))},
        "defaultViewport": _viewport("current"),
        "stages": [
            {
                "id": "beside",
                "name": "Beside each other",
                "viewportStructure": {"layoutType": "grid", "properties": {"rows": 1, "columns": 2}},
                "viewports": [_viewport("current"), _viewport("prior")],
            }
        ],
    }


def settings() -> str:
    """What OHIF is told of it, in JavaScript. On a phone the studies lie below each other, and the list of them is shut."""
    return SETTINGS.replace("PROTOCOL", json.dumps(protocol()))


SETTINGS = """{
  const narrow = matchMedia("(width < 48rem)").matches;
  const protocol = PROTOCOL;
  if (narrow) protocol.stages[0].viewportStructure.properties = { rows: 2, columns: 1 };
  window.config.extensions = [
    { id: "overread", getHangingProtocolModule: () => [{ name: protocol.id, protocol }] },
  ];
  window.config.modesConfiguration = {
    "@ohif/mode-basic": { routes: { 0: { layoutInstance: { props: { leftPanelClosed: { $set: narrow } } } } } },
  };
}
"""


def _images_of(place: int) -> dict[str, Any]:
    """The pictures of the study in this place of the address."""
    return {
        "studyMatchingRules": [
            {
                "attribute": "studyInstanceUIDsIndex",
                "from": "options",
                "required": True,
                "constraint": {"equals": {"value": place}},
            }
        ],
        "seriesMatchingRules": [{"attribute": "numImageFrames", "constraint": {"greaterThan": {"value": 0}}}],
    }


def _viewport(images: str) -> dict[str, Any]:
    return {
        "viewportOptions": {
            "viewportType": "stack",
            "toolGroupId": "default",
            "allowUnmatchedView": True,
            "syncGroups": [{"type": "voi", "id": "window", "source": True, "target": True}],
        },
        "displaySets": [{"id": images}],
    }
