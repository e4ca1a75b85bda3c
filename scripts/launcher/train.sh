# Trains the start-up cache $AGENT_TRAIN. Sourced by bin/agent, so that it runs with the very flags and class path of a real run.
#
# The run that is recorded is the block "train" below: whatever it loads starts fast afterwards. It must end normally, needs no
# network and leaves nothing behind.

agent_target=$AGENT_TRAIN
unset AGENT_TRAIN
agent_work=$(mktemp -d) || exit 1
trap 'rm -rf "$agent_work"' EXIT
trap 'exit 1' HUP INT TERM

# What a person types: a request, a yes to the command it asks about, a look at the menu of commands, the way out. The pauses let answers come.
agent_keys() {
  sleep 2
  printf 'Show the tools at work. @not'
  sleep 1
  printf '\033'
  sleep 1
  printf '\r'
  sleep 5
  printf 1
  sleep 2
  printf '/he'
  sleep 1
  printf '\033'
  sleep 1
  printf '\003\003'
  sleep 1
  printf '\004\004'
  sleep 5
}

train() {
  HOME=$agent_work XDG_CACHE_HOME='' XDG_CONFIG_HOME='' XDG_DATA_HOME='' XDG_STATE_HOME=''
  NO_PROXY=127.0.0.1 no_proxy=127.0.0.1 ANTHROPIC_API_KEY=training
  export HOME XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME NO_PROXY no_proxy ANTHROPIC_API_KEY
  unset ANTHROPIC_AUTH_TOKEN ANTHROPIC_MODEL
  mkdir "$agent_work/project" && cd "$agent_work/project" || exit 1

  # The model's part is played by a process of its own: what only it needs has no place in the cache.
  agent_aot='' AGENT_JAVA_OPTS="-Djava.io.tmpdir=$agent_work"
  (agent_java replay-server "$agent_lib/training.yaml" --port 0) >"$agent_work/address" &
  agent_server=$!
  trap 'kill "$agent_server"' EXIT
  agent_waited=0
  until ANTHROPIC_BASE_URL=$(sed -n 's/^listening on //p' "$agent_work/address") && [ -n "$ANTHROPIC_BASE_URL" ]; do
    agent_waited=$((agent_waited + 1))
    if [ "$agent_waited" -gt 600 ] || ! kill -0 "$agent_server"; then
      exit 1
    fi
    sleep 0.1
  done
  export ANTHROPIC_BASE_URL

  AGENT_JAVA_OPTS="-XX:AOTCacheOutput=$agent_work/new.aot -Djava.io.tmpdir=$agent_work"
  if [ -z "$agent_kind" ]; then
    (agent_java -p "Show the tools at work." --permission-mode acceptEdits --allowedTools "Bash(cat *)")
  else
    # A session on a terminal that is none: the note of a prepared one keeps the JVM from asking the driver.
    AGENT_TERMINAL="100 30 0:0:0:0:0" TERM=xterm-256color
    AGENT_JAVA_OPTS="$AGENT_JAVA_OPTS -Dagent.stdin.terminal=true -Dagent.stdout.terminal=true"
    export AGENT_TERMINAL TERM
    (agent_keys | agent_java --permission-mode acceptEdits --allowedTools "Bash(cat *)")
  fi
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
