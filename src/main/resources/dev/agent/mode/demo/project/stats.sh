# Statistics over whole numbers, one function each. Sourced by test.sh.

sum() {
  total=0
  for number in "$@"; do
    total=$((total + number))
  done
  echo "$total"
}

# The greatest number.
max() {
  greatest=0
  for number in "$@"; do
    if [ "$number" -gt "$greatest" ]; then
      greatest=$number
    fi
  done
  echo "$greatest"
}

# The mean, rounded down.
mean() {
  echo $(($(sum "$@") / $#))
}

# How many numbers are even.
evens() {
  count=0
  for number in "$@"; do
    if [ $((number % 2)) -eq 1 ]; then
      count=$((count + 1))
    fi
  done
  echo "$count"
}
