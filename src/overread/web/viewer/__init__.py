"""The radiology viewer: OHIF's own distribution behind our session, and the case's images as DICOMweb."""
