package dev.latchkey.jwt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@LatchkeyTest
class SigningKeysTests {

	private static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);

	private static final String OTHER = Base64.getEncoder()
		.encodeToString("0123456789abcdef0123456789abcdef".getBytes());

	@Autowired
	private SigningKeyStore store;

	@Autowired
	private TransactionTemplate transactions;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcClient jdbc;

	/** The server of other tests, which has no setting, could not open them. */
	@AfterEach
	void takeSealedKeysAway() {
		this.jdbc.sql("delete from oauth_signing_key where sealed_jwk is not null").update();
	}

	@Test
	void nodesWithTheSameSettingSignWithTheSameKey() {
		SigningKeys one = node(SECRET);
		SigningKeys two = node(SECRET);
		assertThat(two.signing().getKeyID()).isEqualTo(one.signing().getKeyID());
		assertThat(node(SECRET).signing().getKeyID()).isEqualTo(one.signing().getKeyID());
	}

	@Test
	void nodesWithoutItPublishEachOthersKeys() {
		SigningKeys one = node(null);
		SigningKeys two = node(null);
		assertThat(two.signing().getKeyID()).isNotEqualTo(one.signing().getKeyID());
		assertThat(published(one)).contains(one.signing().getKeyID(), two.signing().getKeyID());
		assertThat(published(two)).contains(one.signing().getKeyID(), two.signing().getKeyID());
	}

	@Test
	void aNodeWithAnotherSettingMakesItsOwn() {
		String known = node(SECRET).signing().getKeyID();
		SigningKeys other = node(OTHER);
		assertThat(other.signing().getKeyID()).isNotEqualTo(known);
		assertThat(published(other)).contains(known);
	}

	@Test
	void theNextKeyIsPublishedAnHourBeforeItSignsOnEveryNode() {
		this.clock.stop();
		SigningKeys one = node(SECRET);
		SigningKeys two = node(SECRET);
		String before = one.signing().getKeyID();
		assertThat(two.signing().getKeyID()).isEqualTo(before);
		this.clock.advance(Duration.ofDays(30).minusMinutes(59));
		two.maintain();
		one.maintain();
		List<String> ahead = published(one);
		assertThat(one.signing().getKeyID()).isEqualTo(before);
		this.clock.advance(Duration.ofHours(1));
		assertThat(one.signing().getKeyID()).isNotEqualTo(before).isIn(ahead);
		assertThat(two.signing().getKeyID()).isEqualTo(one.signing().getKeyID());
		assertThat(published(two)).contains(before);
		this.clock.advance(Duration.ofHours(1));
		assertThat(published(two)).doesNotContain(before);
	}

	@Test
	void noPrivateKeyStandsInTheDatabaseInClear() {
		node(SECRET).signing();
		node(null).signing();
		List<String> rows = this.jdbc.sql("select k::text from oauth_signing_key k").query(String.class).list();
		assertThat(rows).isNotEmpty()
			.allSatisfy((row) -> assertThat(row).contains("RSA").doesNotContain("\"d\"", "\"p\""));
	}

	@Test
	void aKeyThatAVersionBeforeSealedOpens() throws GeneralSecurityException {
		byte[] nonce = "twelve bytes".getBytes(StandardCharsets.US_ASCII);
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(Base64.getDecoder().decode(SECRET), "AES"),
				new GCMParameterSpec(128, nonce));
		byte[] sealed = cipher.doFinal("a key".getBytes(StandardCharsets.UTF_8));
		byte[] both = Arrays.copyOf(nonce, nonce.length + sealed.length);
		System.arraycopy(sealed, 0, both, nonce.length, sealed.length);
		KeySeal seal = new KeySeal(properties(SECRET));
		assertThat(seal.open(Base64.getEncoder().encodeToString(both))).contains("a key");
		assertThat(new KeySeal(properties(OTHER)).open(Base64.getEncoder().encodeToString(both))).isEmpty();
		assertThat(seal.open(seal.seal("a key").orElseThrow())).contains("a key");
	}

	/** Whoever can write to the table cannot have one key sign under another's name. */
	@Test
	void aSealedKeyThatWasMovedToAnotherRowSignsNothing() {
		String kid = node(SECRET).signing().getKeyID();
		String strange = new KeySeal(properties(SECRET)).seal(otherKey()).orElseThrow();
		this.jdbc.sql("update oauth_signing_key set sealed_jwk = ? where kid = ?").params(strange, kid).update();
		assertThat(node(SECRET).signing().getKeyID()).isNotEqualTo(kid);
	}

	private static String otherKey() {
		try {
			return new RSAKeyGenerator(2048).keyID("another").generate().toJSONString();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void aKeyWhoseCommitFailedSignsNothing() {
		SigningKeys keys = new SigningKeys(this.store, new KeySeal(properties(null)), properties(null),
				new FailingCommit(this.transactions), this.clock);
		assertThatIllegalStateException().isThrownBy(keys::maintain);
		assertThatIllegalStateException().isThrownBy(keys::signing).withMessage("The commit failed");
	}

	private static List<String> published(SigningKeys keys) {
		return keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null)
			.stream()
			.map((key) -> key.getKeyID())
			.toList();
	}

	private SigningKeys node(String secret) {
		JwtProperties properties = properties(secret);
		SigningKeys keys = new SigningKeys(this.store, new KeySeal(properties), properties, this.transactions,
				this.clock);
		keys.maintain();
		return keys;
	}

	private static JwtProperties properties(String secret) {
		return new JwtProperties(secret, Duration.ofDays(30));
	}

	/** Does the work and keeps nothing of it. */
	private static final class FailingCommit extends TransactionTemplate {

		private static final long serialVersionUID = 1L;

		private FailingCommit(TransactionTemplate template) {
			super(template.getTransactionManager());
		}

		@Override
		public <T> T execute(TransactionCallback<T> action) {
			super.execute((transaction) -> {
				transaction.setRollbackOnly();
				return action.doInTransaction(transaction);
			});
			throw new IllegalStateException("The commit failed");
		}

	}

}
