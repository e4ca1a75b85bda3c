# Finds a Java runtime without starting one: it reads the "release" file that every JDK carries.
# Sourced by bin/agent and by mvnw; plain POSIX sh, no other program on the usual path.
#
#   jdk_find MIN PROGRAM BUILD [DIR...]   sets jdk_home, jdk_feature, jdk_build and returns 0, or returns 1
#       MIN      the lowest feature release, for instance 25
#       PROGRAM  what must be there: java or javac
#       BUILD    among equals prefer the runtime with this build (see jdk_read), may be empty
#       DIR...   directories that are tried before PATH, for instance a bundled runtime
#   jdk_explain MIN   prints which version is needed, where was looked, what was found and what to do

# What the well-known places are under; tests put another machine here.
jdk_root=''

# Sets jdk_feature (25) and jdk_build (what tells two builds apart) of the runtime in $1.
jdk_read() {
  jdk_feature='' jdk_build='' jdk_runtime='' jdk_implementor='' jdk_version=''
  [ -r "$1/release" ] || return 1
  while IFS='=' read -r jdk_key jdk_value || [ -n "$jdk_key" ]; do
    jdk_value=${jdk_value#\"}
    jdk_value=${jdk_value%\"}
    case $jdk_key in
      JAVA_VERSION) jdk_version=$jdk_value ;;
      JAVA_RUNTIME_VERSION) jdk_runtime=$jdk_value ;;
      IMPLEMENTOR_VERSION) jdk_implementor=$jdk_value ;;
      # A long line, and dash reads byte by byte: what matters stands before it in every JDK that was looked at.
      MODULES) [ -z "$jdk_version" ] || break ;;
    esac
  done <"$1/release"
  jdk_feature=${jdk_version%%[!0-9]*}
  [ -n "$jdk_feature" ] || return 1
  jdk_build=${jdk_runtime:-$jdk_version}-$jdk_implementor
  # The build becomes part of a file name.
  while :; do
    case $jdk_build in
      *[!A-Za-z0-9._+-]*) jdk_build=${jdk_build%%[!A-Za-z0-9._+-]*}_${jdk_build#*[!A-Za-z0-9._+-]} ;;
      *) break ;;
    esac
  done
}

# Whether $1 holds $jdk_program of at least release $jdk_min; notes what is there for jdk_explain.
jdk_fits() {
  [ -x "$1/bin/$jdk_program" ] || return 1
  jdk_read "$1" || return 1
  jdk_seen="$jdk_seen
  $1 (Java $jdk_version)"
  [ "$jdk_feature" -ge "$jdk_min" ]
}

jdk_find() {
  jdk_min=$1 jdk_program=$2 jdk_wanted=$3
  shift 3
  jdk_home='' jdk_seen=''
  if [ -n "${AGENT_JAVA_HOME-}" ]; then
    # Said outright: it is this one or none.
    jdk_fits "$AGENT_JAVA_HOME" || return 1
    jdk_home=$AGENT_JAVA_HOME
    return 0
  fi
  for jdk_dir in "${JAVA_HOME-}" "$@"; do
    if [ -n "$jdk_dir" ] && jdk_fits "$jdk_dir"; then
      jdk_home=$jdk_dir
      return 0
    fi
  done

  # The well-known places. If PATH names one of them, that one wins.
  jdk_on_path=$(command -v java) || jdk_on_path=''
  jdk_best='' jdk_best_feature=0 jdk_best_build=''
  jdk_user=${HOME:-/nonexistent}
  for jdk_dir in "$jdk_root"/usr/lib/jvm/* "$jdk_root"/usr/lib64/jvm/* "$jdk_root"/usr/java/* \
    "$jdk_root"/opt/java/* "$jdk_root"/opt/jdk* "$jdk_root"/usr/local/jdk* \
    "$jdk_root"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$jdk_user"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$jdk_root"/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$jdk_root"/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$jdk_user"/.sdkman/candidates/java/* "$jdk_user"/.jdks/* "$jdk_user"/.jenv/versions/* \
    "$jdk_user"/.asdf/installs/java/* "$jdk_user"/.local/share/mise/installs/java/* \
    "$jdk_user"/.gradle/jdks/*; do
    jdk_fits "$jdk_dir" || continue
    if [ -n "$jdk_on_path" ] && [ "$jdk_on_path" -ef "$jdk_dir/bin/java" ]; then
      jdk_home=$jdk_dir
      return 0
    fi
    # The very build that the cache was trained on, then the newest release.
    if [ -n "$jdk_wanted" ] && [ "$jdk_best_build" = "$jdk_wanted" ]; then
      continue
    fi
    if [ "$jdk_build" = "$jdk_wanted" ] || [ "$jdk_feature" -gt "$jdk_best_feature" ]; then
      jdk_best=$jdk_dir jdk_best_feature=$jdk_feature jdk_best_build=$jdk_build
    fi
  done

  # A java on PATH that lives somewhere else: follow its links.
  case $jdk_on_path in
    */*)
      jdk_link=$(readlink -f "$jdk_on_path" 2>/dev/null) || jdk_link=$jdk_on_path
      jdk_dir=${jdk_link%/bin/java}
      case "$jdk_seen" in
        *"$jdk_dir ("*) ;;
        *)
          if jdk_fits "$jdk_dir"; then
            jdk_home=$jdk_dir
            return 0
          fi
          ;;
      esac
      ;;
  esac
  [ -n "$jdk_best" ] || return 1
  jdk_home=$jdk_best jdk_feature=$jdk_best_feature jdk_build=$jdk_best_build
}

jdk_explain() {
  if [ -n "${AGENT_JAVA_HOME-}" ]; then
    printf '%s\n' "A JDK of version $1 or newer is needed; AGENT_JAVA_HOME is \"$AGENT_JAVA_HOME\", which is none${jdk_seen:+:$jdk_seen}" \
      "Correct AGENT_JAVA_HOME, or unset it to have the usual places searched."
    return
  fi
  printf '%s\n' "A JDK of version $1 or newer is needed, and none was found." \
    "Looked at: AGENT_JAVA_HOME (not set), JAVA_HOME (${JAVA_HOME:-not set}), java on PATH," \
    "  /usr/lib/jvm, /usr/lib64/jvm, /usr/java, /opt/java, /opt/jdk*, /usr/local/jdk*," \
    "  /Library/Java/JavaVirtualMachines, ~/Library/Java/JavaVirtualMachines, Homebrew's openjdk," \
    "  ~/.sdkman, ~/.jdks, ~/.jenv, ~/.asdf, ~/.local/share/mise, ~/.gradle/jdks."
  if [ -n "$jdk_seen" ]; then
    printf '%s\n' "Found, but too old:$jdk_seen"
  else
    printf '%s\n' "Found there: no JDK at all."
  fi
  printf '%s\n' "Install a JDK $1 (for instance Eclipse Temurin $1), or point to one:" \
    "  export AGENT_JAVA_HOME=/path/to/jdk-$1"
}
