package dev.latchkey.problem;

import java.io.IOException;
import java.util.List;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/**
 * Gives the refusals that Tomcat decides by itself, before any filter sees the request,
 * the same body as all others.
 */
@Component
@Order(1)
class ContainerProblems implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

	private final ProblemWriter problems;

	ContainerProblems(ProblemWriter problems) {
		this.problems = problems;
	}

	/**
	 * The valve comes behind Spring Boot's own, of order 0, so that it reports first, and
	 * before those of ours that know more.
	 */
	@Override
	public void customize(ConfigurableTomcatWebServerFactory factory) {
		factory.addContextCustomizers(
				(context) -> context.getParent().getPipeline().addValve(new ProblemReportValve(this.problems)));
	}

	/** The path may be what could not be read; it stands there as far as it is one. */
	private static final class ProblemReportValve extends ErrorReportValve {

		private final ProblemWriter problems;

		private ProblemReportValve(ProblemWriter problems) {
			this.problems = problems;
		}

		@Override
		protected void report(Request request, Response response, @Nullable Throwable failure) {
			int status = response.getStatus();
			if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
				return;
			}
			ProblemCode code = ProblemCode.of(HttpStatusCode.valueOf(status));
			ProblemDetail problem = Problems.of(code, code.title() + ".", List.of(), path(request));
			problem.setStatus(status);
			try {
				this.problems.write(response, problem);
				response.finishResponse();
			}
			catch (IOException ex) {
				this.container.getLogger().debug("The client is gone", ex);
			}
		}

		private static String path(Request request) {
			String path = request.getCoyoteRequest().requestURI().toString();
			return (path != null && path.startsWith("/")) ? path : "/";
		}

	}

}
