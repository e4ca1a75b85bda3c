# Waits for the agent's death and ends what it leaves behind. Standard input is a pipe whose other end only the agent has:
# its end is the agent's end, however it came about. Argument: the mark that all children carry in their environment.
# Lines: "+G" a process group begins, "-G" its leader has ended, "bye" the agent cleaned up itself.
trap '' HUP INT TERM QUIT PIPE
mark=$1 groups=''
while IFS= read -r line; do
  case $line in
    bye) exit 0 ;;
    +*) groups="$groups ${line#+}" ;;
    -*)
      kept=''
      for group in $groups; do
        [ "$group" = "${line#-}" ] || kept="$kept $group"
      done
      groups=$kept
      ;;
  esac
done
for group in $groups; do
  kill -s TERM -- "-$group" 2>/dev/null
done
[ -z "$groups" ] || sleep 0.2
for group in $groups; do
  kill -s KILL -- "-$group" 2>/dev/null
done
[ -r /proc/self/environ ] || exit 0
round=0
while [ "$round" -lt 30 ]; do
  pids=''
  for file in $(grep -lsF -e "$mark" /proc/[0-9]*/environ); do
    file=${file#/proc/}
    pids="$pids ${file%/environ}"
  done
  [ -n "$pids" ] || exit 0
  kill -s KILL $pids 2>/dev/null
  round=$((round + 1))
  sleep 0.1
done
