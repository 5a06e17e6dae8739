package dev.latchkey.bench.tools;

import java.io.IOException;
import java.sql.SQLException;

/**
 * The ways in which a token can lose what it could do; each is over once the call
 * returns.
 */
enum Revocation {

	REVOKED("token revoked by id") {
		@Override
		void carryOut(Victim victim, Hands hands) throws IOException {
			hands.call("DELETE", "/api/tokens/" + victim.id(), victim.ownersKey(), null);
		}
	},

	POSSESSION("token revoked by possession") {
		@Override
		void carryOut(Victim victim, Hands hands) throws IOException {
			hands.call("POST", "/api/tokens/revoke", null, "{\"tokens\":[\"" + victim.raw() + "\"]}");
		}
	},

	NARROWED("scope narrowed") {
		@Override
		void carryOut(Victim victim, Hands hands) throws IOException {
			hands.call("PATCH", "/api/tokens/" + victim.id(), victim.ownersKey(), "{\"scopes\":[\"orders:read\"]}");
		}
	},

	DEMOTED("owner demoted") {
		@Override
		void carryOut(Victim victim, Hands hands) throws IOException {
			hands.callAsAdmin("PATCH", "/api/users/" + victim.owner(), "{\"roles\":[\"GUEST\"]}");
		}
	},

	DISABLED("owner disabled") {
		@Override
		void carryOut(Victim victim, Hands hands) throws IOException {
			hands.callAsAdmin("PATCH", "/api/users/" + victim.owner(), "{\"enabled\":false}");
		}
	},

	DELETED("owner deleted") {
		@Override
		void carryOut(Victim victim, Hands hands) throws IOException {
			hands.callAsAdmin("DELETE", "/api/users/" + victim.owner(), null);
		}
	},

	BY_HAND("row deleted by hand") {
		@Override
		void carryOut(Victim victim, Hands hands) throws SQLException {
			hands.delete(victim);
		}
	};

	private final String label;

	Revocation(String label) {
		this.label = label;
	}

	String label() {
		return this.label;
	}

	abstract void carryOut(Victim victim, Hands hands) throws IOException, SQLException;

}
