"""Clinical content as data: YAML files a clinician can read, one folder a subject.

File format (every file, whatever its folder):

    about: One sentence: what the file holds.        # required
    author: Overread                                 # required
    checked: 2026-11-21                              # required, the day somebody compared it with its sources
    next_review: 2027-11-21                          # required; a test fails once this day has passed
    sources:                                         # where the file as a whole comes from; a file whose rows each
      - {id: pdq_lung, title: '…', url: '…'}         # name their own source or evidence may leave it out
    licence: CC BY 4.0                               # optional, with `attribution` where the licence asks for it
    rows: [...]                                      # the content; other keys are allowed, the folder's schema says

Every file passes ``header.schema.json``, and ``<folder>/schema.json`` too where the folder has one (JSON Schema
2020-12; dates are checked as ``YYYY-MM-DD`` text). Validation happens in the tests, not at run time.

    from overread.clinical.knowledge import load
    FILE = load("staging", "lung_8")                 # at import of the room that needs it, never at call time
    FILE.rows, FILE.sources, FILE["any other key"]

Reading is cached and uses libyaml where it is there. A missing or unreadable file raises ``KnowledgeError``.
"""

from .loader import KnowledgeError, KnowledgeFile, Source, folders, load, names, schemas

__all__ = ["KnowledgeError", "KnowledgeFile", "Source", "folders", "load", "names", "schemas"]
