# Trains the start-up cache $AGENT_TRAIN. Sourced by bin/agent, so that it runs with the very flags and class path of a real run.
#
# The run that is recorded is the block "train" below: whatever it loads starts fast afterwards. It must end normally, needs no
# network and leaves nothing behind.

agent_target=$AGENT_TRAIN
unset AGENT_TRAIN
agent_work=$(mktemp -d) || exit 1
trap 'rm -rf "$agent_work"' EXIT
trap 'exit 1' HUP INT TERM

train() {
  agent_one_shot=yes
  AGENT_JAVA_OPTS="-XX:AOTCacheOutput=$agent_work/new.aot -Djava.io.tmpdir=$agent_work"
  HOME=$agent_work XDG_CACHE_HOME='' XDG_CONFIG_HOME='' XDG_DATA_HOME='' XDG_STATE_HOME=''
  export HOME XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME
  cd "$agent_work" || exit 1
  agent_java demo
}

if ! (train) </dev/null >"$agent_work/log" 2>&1 || [ ! -s "$agent_work/new.aot" ]; then
  printf '%s\n' "agent: the start-up cache could not be trained:" >&2
  cat "$agent_work/log" >&2
  exit 1
fi
# A reader sees either no cache or a whole one.
if ! cp "$agent_work/new.aot" "$agent_target.new.$$" || ! mv -f "$agent_target.new.$$" "$agent_target"; then
  rm -f "$agent_target.new.$$"
  exit 1
fi
# Caches of products and JVMs that nobody started for a month.
case $agent_target in
  */agent/aot/*) find "${agent_target%/*}" -type f -mtime +30 ! -path "$agent_target" -exec rm -f {} + ;;
esac
