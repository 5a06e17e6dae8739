package dev.latchkey.jwt;

import java.text.ParseException;
import java.util.Optional;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;

import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/**
 * Signs JWTs, and knows them again by the keys that are published.
 */
@Component
public class Jwts {

	private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.RS256;

	private final SigningKeys keys;

	private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

	Jwts(SigningKeys keys) {
		this.keys = keys;
		this.processor.setJWSTypeVerifier(
				new DefaultJOSEObjectTypeVerifier<>(JwtType.JWT.header(), JwtType.ACCESS_TOKEN.header()));
		this.processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHM, keys));
		// What stands there, times included, is for who reads it to judge.
		this.processor.setJWTClaimsSetVerifier((claims, context) -> {
		});
	}

	/**
	 * Signs a JWT with the key that signs at this time.
	 */
	public String sign(JwtType type, JwtClaimsSet claims) {
		RSAKey key = this.keys.signing();
		JwsHeader header = JwsHeader.with(SignatureAlgorithm.RS256)
			.type(type.header().getType())
			.keyId(key.getKeyID())
			.build();
		return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key)))
			.encode(JwtEncoderParameters.from(header, claims))
			.getTokenValue();
	}

	/**
	 * Returns what stands in a JWT of this server, expired or not, or empty for anything
	 * else.
	 * @throws org.springframework.dao.DataAccessException if the keys cannot be read
	 */
	public Optional<JWTClaimsSet> read(String presented) {
		try {
			return Optional.of(this.processor.process(SignedJWT.parse(presented), null));
		}
		catch (ParseException | BadJOSEException | JOSEException ex) {
			return Optional.empty();
		}
	}

}
