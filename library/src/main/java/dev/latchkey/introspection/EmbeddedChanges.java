package dev.latchkey.introspection;

import java.time.Clock;
import java.util.List;

import dev.latchkey.endpoint.EndpointFilter;
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.endpoint.ServiceEndpoint;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.verification.ChangeFeed;
import dev.latchkey.verification.TokenVerifier;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.Filter;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.filter.CompositeFilter;

/**
 * Lets services that ask an application which embeds this keep the answers, and hear of
 * changes meanwhile.
 */
@Configuration(proxyBeanMethods = false)
@Import({ AnswersToKeep.class, ChangeStreams.class })
@EnableConfigurationProperties(StreamProperties.class)
public class EmbeddedChanges {

	@Bean
	StreamsForServices streamsForServices(OAuthResponses responses, ProblemWriter problems, TokenVerifier verifier,
			ChangeFeed feed, ChangeStreams streams, AnswerRules rules, Clock clock) {
		return (requesters) -> {
			CompositeFilter stream = new CompositeFilter();
			stream.setFilters(List.of(
					EndpointFilter.registration(ServiceEndpoint.CHANGES.path(), List.of("GET", "HEAD"), responses)
						.getFilter(),
					new ChangesFilter(responses, problems, new ChangeFollowers(requesters, verifier, clock), feed,
							streams, rules)));
			return stream;
		};
	}

	@Bean
	MeterBinder changeStreamMetrics(ChangeStreams streams) {
		return (registry) -> Gauge.builder("latchkey.changes.streams", streams, ChangeStreams::count)
			.description("Services that follow what this node hears of changes")
			.register(registry);
	}

	/** What answers who wants to follow. */
	@FunctionalInterface
	public interface StreamsForServices {

		/**
		 * Returns it.
		 * @param requesters finds out who that is
		 */
		Filter of(Requesters requesters);

	}

}
