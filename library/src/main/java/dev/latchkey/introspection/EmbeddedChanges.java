package dev.latchkey.introspection;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import dev.latchkey.endpoint.EndpointFilter;
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.endpoint.ServiceEndpoint;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.verification.ChangeFeed;
import dev.latchkey.verification.TokenVerifier;
import dev.latchkey.verification.VerifiedToken;
import jakarta.servlet.Filter;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.CompositeFilter;

/**
 * Lets services that ask an application which embeds this keep the answers, and hear of
 * changes meanwhile.
 */
@Component
@Import({ AnswerRules.class, ChangeStreams.class, KeepingTerms.class })
@EnableConfigurationProperties(StreamProperties.class)
public class EmbeddedChanges {

	private final OAuthResponses responses;

	private final ProblemWriter problems;

	private final TokenVerifier verifier;

	private final ChangeFeed feed;

	private final ChangeStreams streams;

	private final AnswerRules rules;

	private final KeepingTerms terms;

	private final Clock clock;

	EmbeddedChanges(OAuthResponses responses, ProblemWriter problems, TokenVerifier verifier, ChangeFeed feed,
			ChangeStreams streams, AnswerRules rules, KeepingTerms terms, Clock clock) {
		this.responses = responses;
		this.problems = problems;
		this.verifier = verifier;
		this.feed = feed;
		this.streams = streams;
		this.rules = rules;
		this.terms = terms;
		this.clock = clock;
	}

	/**
	 * Returns what answers who wants to follow.
	 */
	public Filter stream(Requesters requesters) {
		CompositeFilter stream = new CompositeFilter();
		stream.setFilters(List.of(
				EndpointFilter.registration(ServiceEndpoint.CHANGES.path(), List.of("GET", "HEAD"), this.responses)
					.getFilter(),
				new ChangesFilter(this.responses, this.problems,
						new ChangeFollowers(requesters, this.verifier, this.clock), this.feed, this.streams,
						this.rules)));
		return stream;
	}

	/**
	 * Returns an answer with how long it may be kept.
	 * @param longest for how long is believed what the application says of an owner, of
	 * which it may tell nobody
	 */
	public Object kept(ActiveToken answer, VerifiedToken token, Duration longest) {
		KeptToken kept = this.terms.of(answer, token);
		return new KeptToken(kept.token(), kept.now(), kept.places(), kept.rules(), kept.addressBound(),
				kept.rateLimit(), Math.min(kept.believeS(), longest.toSeconds()));
	}

}
