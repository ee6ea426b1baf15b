"""The public data in use: releases of publications, and the experts ranked from them."""
