package dev.latchkey.security;

import java.io.IOException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;

/**
 * Challenges credentials that the container itself could not read, as the filters
 * challenge those that they cannot: too long even for it, or with a character that no
 * header may have. At {@code /forward-auth} whatever it could not read is refused as a
 * bad token, since proxies know no other refusal. It comes behind the valve for all other
 * refusals, so that it reports first.
 */
@Component
class UnreadableCredentials implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

	private final ProblemEntryPoint entryPoint;

	private final SecurityProperties properties;

	UnreadableCredentials(ProblemEntryPoint entryPoint, SecurityProperties properties) {
		this.entryPoint = entryPoint;
		this.properties = properties;
	}

	@Override
	public void customize(ConfigurableTomcatWebServerFactory factory) {
		factory.addContextCustomizers((context) -> context.getParent()
			.getPipeline()
			.addValve(new ChallengeValve(this.entryPoint, this.properties.header())));
	}

	private static final class ChallengeValve extends ErrorReportValve {

		private static final int BAD_REQUEST = 400;

		private final ProblemEntryPoint entryPoint;

		private final String header;

		private ChallengeValve(ProblemEntryPoint entryPoint, String header) {
			this.entryPoint = entryPoint;
			this.header = header;
		}

		/** Is asked about every answer, the good ones too. */
		@Override
		protected void report(Request request, Response response, @Nullable Throwable failure) {
			if (response.getStatus() != BAD_REQUEST || response.getContentWritten() > 0) {
				return;
			}
			AuthenticationException refusal = refusal(request);
			if (refusal == null || !response.setErrorReported()) {
				return;
			}
			try {
				this.entryPoint.commence(request, response, refusal);
				response.finishResponse();
			}
			catch (IOException ex) {
				this.container.getLogger().debug("The client is gone", ex);
			}
		}

		private @Nullable AuthenticationException refusal(Request request) {
			if (request.getCoyoteRequest().requestURI().isNull()) {
				return null;
			}
			String path = request.getCoyoteRequest().requestURI().toString();
			MalformedCredentialsException malformed = new MalformedCredentialsException(
					"The header is too long or has a character that no header may have");
			if (path.equals("/forward-auth") || path.startsWith("/forward-auth/")) {
				return new BadTokenException(malformed);
			}
			return (BearerRoutes.contain(path) && isUnread(request.getCoyoteRequest().getMimeHeaders())) ? malformed
					: null;
		}

		/** The name is noted before the value is read. */
		private boolean isUnread(MimeHeaders headers) {
			int last = headers.size() - 1;
			return last >= 0 && headers.getValue(last).isNull()
					&& this.header.equalsIgnoreCase(headers.getName(last).toString());
		}

	}

}
