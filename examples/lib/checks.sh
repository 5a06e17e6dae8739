# What scripts that check something have in common; one sources it, be it for bash or for sh. The last line of such a script is all_passed.

failures=0

# check WHAT SEEN EXPECTED
check() {
	if [ "$2" = "$3" ]; then
		echo "ok    $1"
	else
		echo "FAIL  $1: expected <$3>, got <$2>"
		failures=$((failures + 1))
	fi
}

all_passed() {
	if [ "$failures" -gt 0 ]; then
		echo "$failures checks failed"
		exit 1
	fi
	echo "All checks passed"
}
