# The greedy part of scripts/bench children: endless output and fork bombs. Runs in the fence: AGENT RUNS WORK, in WORK.
#
# Five kinds in turn: endless output in the background, which the cap has to stop; the same thrown away, with kill -9 of the agent; a fork bomb with a
# limit on processes of its own, after which the agent has to run a command and answer; the same with kill -9 of the agent; a fork bomb with a limit that
# holds for the agent as well, which has to answer. Prints one line for each kind: NAME RUNS SURVIVORS FAILED LONGEST, the last one in tenths of a second.
set -u
agent=$1 runs=$2 work=$3
mkdir -p "$work/project" "$work/home" "$work/tmp" && cd "$work/project" || exit 1
{
  echo 'replies:'
  i=1
  while [ "$i" -le "$runs" ]; do
    case $((i % 5)) in
      0) command="yes mark-$i." ;;
      1) command="yes mark-$i. >/dev/null" ;;
      4) command="bomb() { bomb | bomb & }; bomb 2>/dev/null; sleep 1; echo mark-$i." ;;
      *) command="ulimit -u 300; bomb() { bomb | bomb & }; bomb 2>/dev/null; sleep 1; echo mark-$i." ;;
    esac
    background=false
    [ $((i % 5)) -gt 1 ] || background=true
    printf '  - when: "task-%d."\n    blocks:\n      - tool: Bash\n        input: {command: "%s", timeout: 3000, run_in_background: %s}\n' \
      "$i" "$command" "$background"
    i=$((i + 1))
  done
  # What follows is the same for all.
  printf '  - when: {result: "could be started"}\n    repeat: true\n    blocks:\n      - text: "answered"\n'
  printf '  - when: {result: "mark-"}\n    repeat: true\n    blocks:\n      - tool: Bash\n        input: {command: "echo could be started"}\n'
  printf '  - when: {result: "did not end"}\n    repeat: true\n    blocks:\n      - tool: Bash\n        input: {command: "echo could be started"}\n'
  printf '  - when: {result: "in the background"}\n    repeat: true\n    blocks:\n      - tool: Bash\n        input: {command: "%s"}\n' \
    'n=0; while pgrep -f -x \"yes mark-[0-9.]*\" >/dev/null && [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done; [ $n -lt 100 ] && echo could be started'
  printf 'default:\n  blocks:\n    - text: "nothing could be started"\n'
} >"$work/script.yaml"
AGENT_JAVA_OPTS=-Djava.io.tmpdir=$work/tmp HOME=$work/home "$agent" replay-server "$work/script.yaml" >"$work/server.log" 2>&1 &
until grep -q listening "$work/server.log" 2>/dev/null; do sleep 0.1; done
url=$(sed -n 's/^listening on //p' "$work/server.log")

# What carries the number: the commands themselves, and all that they forked.
census() { pgrep -f -c "^(yes mark-$1[.]|.*; echo mark-$1[.])"; }

for kind in output output-kill-9 bomb bomb-kill-9 bomb-shared-limit; do
  name=$(echo "$kind" | tr - _)
  eval "count_$name=0 left_$name=0 failed_$name=0 longest_$name=0"
done
i=1
while [ "$i" -le "$runs" ]; do
  case $((i % 5)) in 0) kind=output ;; 1) kind=output-kill-9 ;; 2) kind=bomb ;; 3) kind=bomb-kill-9 ;; 4) kind=bomb-shared-limit ;; esac
  name=$(echo "$kind" | tr - _)
  limit=''
  [ "$kind" != bomb-shared-limit ] || limit='prlimit --nproc=300'
  AGENT_JAVA_OPTS=-Djava.io.tmpdir=$work/tmp HOME=$work/home ANTHROPIC_BASE_URL=$url ANTHROPIC_API_KEY=none \
    $limit "$agent" -p "task-$i." --allowedTools Bash --no-session-persistence </dev/null >"$work/out.log" 2>"$work/err.log" &
  pid=$!
  failed=0
  case $kind in
    *kill-9)
      waited=0
      until [ "$(census "$i")" -gt 0 ] || [ "$waited" -ge 200 ]; do
        sleep 0.05
        waited=$((waited + 1))
      done
      [ "$waited" -lt 200 ] || failed=1
      kill -KILL "$pid"
      wait "$pid" 2>/dev/null
      ;;
    *)
      wait "$pid" 2>/dev/null
      case $kind:$(cat "$work/out.log") in
        *:answered | bomb-shared-limit:"nothing could be started") ;;
        *) failed=1 ;;
      esac
      ;;
  esac
  [ "$failed" -eq 0 ] || printf 'run %d (%s): "%s" %s\n' "$i" "$kind" "$(cat "$work/out.log")" "$(tail -1 "$work/err.log")" >&2
  tenths=0
  while [ "$(census "$i")" -gt 0 ] && [ "$tenths" -lt 50 ]; do
    sleep 0.1
    tenths=$((tenths + 1))
  done
  left=$(census "$i")
  eval "longest=\$longest_$name; count_$name=\$((count_$name + 1)) left_$name=\$((left_$name + left)) failed_$name=\$((failed_$name + failed))"
  [ "$tenths" -le "$longest" ] || eval "longest_$name=$tenths"
  if [ "$left" -gt 0 ]; then
    printf 'run %d (%s): %d left\n' "$i" "$kind" "$left" >&2
    n=0
    while [ "$(census "$i")" -gt 0 ] && [ "$n" -lt 100 ]; do
      pkill -STOP -f "mark-$i[.]"
      pkill -KILL -f "mark-$i[.]"
      n=$((n + 1))
    done
  fi
  rm -rf "$work/tmp"
  mkdir "$work/tmp"
  i=$((i + 1))
done
for kind in output output-kill-9 bomb bomb-kill-9 bomb-shared-limit; do
  name=$(echo "$kind" | tr - _)
  eval "echo $kind \$count_$name \$left_$name \$failed_$name \$longest_$name"
done
