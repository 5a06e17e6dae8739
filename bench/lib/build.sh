# What has to be there, and the jars.

LATCHKEY_JAR='' JAVA=''

# install_tools [PACKAGES...]: these, too
install_tools() {
	JAVA=java
	[[ -z $JDK ]] || JAVA=$JDK/bin/java
	"$JAVA" -version 2>"$WORK/java-version" || fail "no Java at $JAVA"
	local missing=("$@")
	command -v wrk >/dev/null || missing+=(wrk)
	command -v curl >/dev/null || missing+=(curl)
	command -v jq >/dev/null || missing+=(jq)
	command -v psql >/dev/null || missing+=(postgresql-client)
	command -v xz >/dev/null || missing+=(xz-utils)
	if ((${#missing[@]})); then
		local sudo=''
		[[ $(id -u) == 0 ]] || sudo=sudo
		say "installing ${missing[*]}"
		command -v apt-get >/dev/null || fail "install ${missing[*]} and try again"
		$sudo apt-get -qq update >"$WORK/apt.log" 2>&1 || true
		$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "${missing[@]}" \
			>>"$WORK/apt.log" 2>&1 || fail "installing failed: $(tail -3 "$WORK/apt.log")"
	fi
}

build_jars() {
	say "building Latchkey"
	(cd "$ROOT" && timeout 1200 ./mvnw -q -B -ntp -DskipTests package) >"$WORK/build.log" 2>&1 \
		|| fail "the build failed: $(tail -20 "$WORK/build.log")"
	say "building the programs to compare with"
	(cd "$BENCH" && timeout 1200 "$ROOT/mvnw" -q -B -ntp -DskipTests package) >"$WORK/build.log" 2>&1 \
		|| fail "the build failed: $(tail -20 "$WORK/build.log")"
}

latchkey_jar() {
	if [[ -z $LATCHKEY_JAR ]]; then
		LATCHKEY_JAR=$(ls "$ROOT"/target/latchkey-*.jar 2>/dev/null | grep -v -e sources -e javadoc | head -1)
		[[ -n $LATCHKEY_JAR ]] || fail "no jar in target/: run without --no-build"
	fi
}

tool() {
	java -Xmx1g -jar "$BENCH/tools/target/tools.jar" "$@"
}
