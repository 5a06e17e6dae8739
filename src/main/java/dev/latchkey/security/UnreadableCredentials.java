package dev.latchkey.security;

import java.io.IOException;

import dev.latchkey.problem.ProblemWriter;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
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

	private final ProblemEntryPoint gateway;

	private final SecurityProperties properties;

	UnreadableCredentials(ProblemEntryPoint entryPoint, ProblemWriter problems, ProtectedResource resource,
			SecurityProperties properties) {
		this.entryPoint = entryPoint;
		this.gateway = new GatewayEntryPoint(problems, resource, properties);
		this.properties = properties;
	}

	@Override
	public void customize(ConfigurableTomcatWebServerFactory factory) {
		factory.addContextCustomizers((context) -> context.getParent()
			.getPipeline()
			.addValve(new ChallengeValve(this.entryPoint, this.gateway, this.properties.header())));
	}

	private static final class ChallengeValve extends ErrorReportValve {

		private static final int BAD_REQUEST = 400;

		private final ProblemEntryPoint entryPoint;

		private final ProblemEntryPoint gateway;

		private final String header;

		private ChallengeValve(ProblemEntryPoint entryPoint, ProblemEntryPoint gateway, String header) {
			this.entryPoint = entryPoint;
			this.gateway = gateway;
			this.header = header;
		}

		/** Is asked about every answer, the good ones too. */
		@Override
		protected void report(Request request, Response response, @Nullable Throwable failure) {
			if (response.getStatus() != BAD_REQUEST || response.getContentWritten() > 0) {
				return;
			}
			if (request.getCoyoteRequest().requestURI().isNull()) {
				return;
			}
			String path = request.getCoyoteRequest().requestURI().toString();
			ProblemEntryPoint asked = BearerRoutes.isGateway(path) ? this.gateway : this.entryPoint;
			if (!(asked == this.gateway || (BearerRoutes.contain(path) && isUnread(request)))
					|| !response.setErrorReported()) {
				return;
			}
			try {
				asked.commence(request, response, new MalformedCredentialsException(
						"The header is too long or has a character that no header may have"));
				response.finishResponse();
			}
			catch (IOException ex) {
				this.container.getLogger().debug("The client is gone", ex);
			}
		}

		/** The name is noted before the value is read. */
		private boolean isUnread(Request request) {
			MimeHeaders headers = request.getCoyoteRequest().getMimeHeaders();
			int last = headers.size() - 1;
			return last >= 0 && headers.getValue(last).isNull()
					&& this.header.equalsIgnoreCase(headers.getName(last).toString());
		}

	}

}
