"""The two shell scripts that carry one command inside a sandbox.

`RUNNER` runs the command once, whoever starts it and how often, and keeps its output in a run folder, so that a lost
connection loses nothing. `PEEK` tells how it stands and hands out the output from one position on. They need a POSIX
shell and coreutils or busybox, nothing else, because a sandbox's image is chosen by others.

The run folder: `runner`, `command` and `environment` of each attempt, with its name behind a dot, so that no attempt
writes into a script that another is reading; `lock`, made by the attempt that runs; `pid` and `job`; the output as
`part.1<position>`, files named by where they begin; `output`, what is kept of it; and `result`.
"""

# A part's name begins with this figure, so that names sort and no number has leading zeros (which would read as octal).
_BASE = 1_000_000_000_000_000

# How much of a flood stays on the sandbox's disk for those who follow it, beside the first half of what is kept.
_WINDOW_BYTES = 1024 * 1024

# How much one look hands out; its base64 stays below what services allow in one answer.
PEEK_BYTES = 256 * 1024

# Arguments: folder, attempt, limit in seconds, working folder, kept bytes.
RUNNER = f"""\
umask 077
cd "$1" || exit 1
attempt=$2 limit=$3 work=$4 kept=$5
half=$((kept / 2))
mkdir lock 2>/dev/null || {{ rm -f ./*."$attempt"; exit 0; }}
echo "$$" > pid.new && mv pid.new pid
mkfifo pipe
shell=$(command -v bash || command -v sh)
timeout=$(command -v timeout)

keep() {{
  start=0
  while :; do
    part=part.$(({_BASE} + start))
    # Unbuffered, unlike head: what the command writes can be seen at once.
    dd bs=65536 count=256 of="$part" 2>/dev/null
    got=$(wc -c < "$part")
    [ "$got" -gt 0 ] || {{ rm -f "$part"; break; }}
    start=$((start + got))
    before= before_at=0
    for part in part.*; do
      at=$((${{part#part.}} - {_BASE}))
      if [ -n "$before" ] && [ "$before_at" -ge "$half" ] && [ "$at" -le $((start - half - {_WINDOW_BYTES})) ]; then
        rm -f "$before"
      fi
      before=$part before_at=$at
    done
  done
  : > drained
}}

clock() {{
  read -r up rest < /proc/uptime
  echo "${{up%.*}}${{up#*.}}0"
}}

begun=$(clock)
keep < pipe &
(
  given=$(cat "environment.$attempt")
  rm -f "environment.$attempt"
  # The command's folder may be missing; that is the command's fault and shows in its output.
  cd "$work" || exit 127
  folder=$1
  eval "$given"
  exec "$timeout" -k 5 "$limit" "$shell" "$folder/command.$attempt"
) < /dev/null > pipe 2>&1 &
job=$!
echo "$job" > job
wait "$job"
code=$?
ended=$(clock)

# What the command left running may hold its output open for ever; it keeps writing, but nobody waits for it.
waited=0
until [ -f drained ] || [ "$waited" -ge 100 ]; do sleep 0.01; waited=$((waited + 1)); done
total=0
for part in part.*; do
  [ -e "$part" ] && total=$((${{part#part.}} - {_BASE} + $(wc -c < "$part")))
done
if [ "$total" -eq 0 ]; then
  : > output
elif [ "$total" -le "$kept" ]; then
  cat part.* > output
else
  cat part.* | head -c "$half" > output
  printf '\\n[... %s bytes left out ...]\\n' $((total - half - half)) >> output
  cat part.* | tail -c "$half" >> output
fi
echo "$code $((ended - begun)) $total" > result.new && mv result.new result
"""

# Arguments: folder, position to read from. Prints `state code duration_ms total`, where what follows begins, base64.
PEEK = f"""\
cd "$1" 2>/dev/null || {{ echo absent; exit 0; }}
# A part may go while it is looked at; the service mixes what is said about that into the answer.
exec 2>/dev/null
at=$2
pid=$(cat pid)
if [ ! -d lock ]; then state=absent
elif [ -z "$pid" ]; then state=starting
elif kill -0 "$pid" && grep -q -F -- "$PWD/" "/proc/$pid/cmdline"; then state=running
else state=lost
fi
# Looked at last: a runner that is gone has either left its result by now or never will.
[ -f result ] && state="done $(cat result)"
echo "$state"
pick= pick_at=0 next=
for part in part.*; do
  [ -e "$part" ] || break
  from=$((${{part#part.}} - {_BASE}))
  if [ "$from" -le "$at" ]; then pick=$part pick_at=$from; else next=$part; break; fi
done
if [ -n "$next" ]; then
  size=0
  [ -n "$pick" ] && size=$(wc -c < "$pick" || echo 0)
  # The parts in between are gone: go on where the output goes on.
  [ $((pick_at + size)) -le "$at" ] && pick=$next pick_at=$((${{next#part.}} - {_BASE})) && at=$pick_at
fi
echo "$at"
[ -n "$pick" ] && tail -c +$((at - pick_at + 1)) "$pick" | head -c {PEEK_BYTES} | base64
exit 0
"""
