# Tests of stats.sh: prints one line per test and ends with 1 when any failed.
cd "$(dirname "$0")" || exit 2
. ./stats.sh

failed=0
expect() {
  if [ "$2" = "$3" ]; then
    echo "ok    $1"
  else
    echo "FAIL  $1: expected $3, got $2"
    failed=$((failed + 1))
  fi
}

expect "sum of 1 2 3" "$(sum 1 2 3)" 6
expect "max of 4 9 2" "$(max 4 9 2)" 9
expect "max of -5 -3" "$(max -5 -3)" -3
expect "mean of 2 4 6" "$(mean 2 4 6)" 4
expect "evens of 1 2 4" "$(evens 1 2 4)" 2

if [ "$failed" -gt 0 ]; then
  echo "$failed failed"
  exit 1
fi
echo "all passed"
