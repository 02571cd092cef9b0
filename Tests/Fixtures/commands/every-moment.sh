#!/bin/sh
# Kills a real `sync` before and after EVERY write, flush, rename, request and answer, one run each, and looks whether
# the runs after it leave each post live exactly once. Takes about twenty minutes on two processors.
#
#   Tests/Fixtures/commands/every-moment.sh
set -eu
cd "$(dirname "$0")/../../.."
KILL_MOMENTS=every exec swift test --filter 'CommandTests.*killed'
