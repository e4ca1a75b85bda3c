# A fence for runs that could harm the machine. Sourced by benchmarks; needs BENCH_BASE.
#
#   fence_make NAME     makes a directory, fence_work, and finds out whether the fence works: 1 and a message when not
#   fenced COMMAND...   runs it there: nothing but fence_work can be written, no network, no other processes are there
#
# The directory does not lie below /tmp: in the product's sandbox that is another one. Root becomes nobody: what root may do in the fence would keep
# the product's own sandbox and limits from working, and is more than such runs should get.

fence_make() {
  fence_name=$1
  fence_work=$(mktemp -d "$BENCH_BASE/target/$fence_name.XXXXXX") || return 1
  fence_as=
  if [ "$(id -u)" -eq 0 ]; then
    chown 65534:65534 "$fence_work" && fence_as='setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all'
    if ! $fence_as test -r "$BENCH_PRODUCT/bin/agent"; then
      printf '%s\n' "scripts/bench $fence_name: root runs this as nobody, who can't read \"$BENCH_PRODUCT\". Run it as an ordinary user." >&2
      return 1
    fi
  fi
  if ! command -v bwrap >/dev/null || ! fenced true; then
    printf '%s\n' "scripts/bench $fence_name: there is no bubblewrap here that works, and without a fence this is too dangerous. Install bwrap." >&2
    return 1
  fi
}

fenced() {
  $fence_as bwrap --die-with-parent --ro-bind / / --dev /dev --proc /proc --tmpfs /run --bind "$fence_work" "$fence_work" \
    --unshare-user --unshare-pid --unshare-net --unshare-ipc --unshare-uts --new-session --chdir "$fence_work" "$@"
}
