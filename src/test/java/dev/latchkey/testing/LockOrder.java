package dev.latchkey.testing;

import java.util.regex.Pattern;

/**
 * Watches in every test the order in which a transaction takes its locks: a client, then
 * accounts, and only then the rows of tokens and codes; of an account its own row before
 * the one by which tokens know it, as a trigger takes them too. A statement that breaks
 * it fails, so that nobody writes the other order, which ends in deadlocks. What a test
 * itself does to the database is its own matter, and so is whoever skips what others have
 * locked.
 */
class LockOrder {

	private static final Pattern CLIENT = Pattern
		.compile("(hold|take)_client\\(|(update|delete from) oauth_client\\b|oauth_client .*for share", Pattern.DOTALL);

	private static final Pattern ACCOUNT = Pattern.compile("(hold|take)_account\\(");

	private static final Pattern ACCOUNT_ROW = Pattern
		.compile("(update|delete from) app_user\\b|app_user\\b.*for (no key )?(update|share)", Pattern.DOTALL);

	private static final Pattern OWNER_ROW = Pattern.compile("token_owner\\b.*for (no key )?(update|share)",
			Pattern.DOTALL);

	private static final Pattern ROWS = Pattern.compile(
			"(update|delete from) (api_token|oauth_authorization)\\b"
					+ "|(api_token|oauth_authorization)\\b.*for (no key )?(update|share)",
			Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

	private boolean client;

	private boolean account;

	private boolean accountRow;

	private boolean ownerRow;

	void prepare(String sql) {
		if (sql.contains("skip locked")) {
			return;
		}
		if (CLIENT.matcher(sql).find()) {
			require(!this.account || this.client, "A client is taken after an account", sql);
			this.client = true;
		}
		if (ACCOUNT.matcher(sql).find()) {
			this.account = true;
		}
		if (ACCOUNT_ROW.matcher(sql).find()) {
			require(!this.ownerRow || this.accountRow, "An account's row is locked after its owner's", sql);
			this.accountRow = true;
		}
		if (OWNER_ROW.matcher(sql).find()) {
			this.ownerRow = true;
		}
		if (ROWS.matcher(sql).find()) {
			require(this.account, "Rows are locked before their account", sql);
		}
	}

	void endTransaction() {
		this.client = false;
		this.account = false;
		this.accountRow = false;
		this.ownerRow = false;
	}

	private static void require(boolean kept, String complaint, String sql) {
		if (!kept && !isTests()) {
			throw new IllegalStateException(complaint + ": " + sql);
		}
	}

	/** Whether the nearest code of the project is a test. */
	private static boolean isTests() {
		return StackWalker.getInstance()
			.walk((frames) -> frames.map(StackWalker.StackFrame::getClassName)
				.filter((name) -> name.startsWith("dev.latchkey.") && !name.startsWith("dev.latchkey.testing."))
				.findFirst())
			.filter((name) -> !name.contains("Tests"))
			.isEmpty();
	}

}
