package dev.latchkey.embedded;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.test.context.TestSecurityContextHolder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.test.web.servlet.setup.ConfigurableMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcConfigurer;
import org.springframework.web.context.WebApplicationContext;

/**
 * Gives the requests of {@code MockMvc} the header of a token where the test calls with
 * one ({@link WithApiToken}), and to the filter what it would have found out.
 */
@AutoConfiguration
@ConditionalOnClass({ MockMvcBuilderCustomizer.class, TestSecurityContextHolder.class })
class WithApiTokenAutoConfiguration {

	@Bean
	MockMvcBuilderCustomizer latchkeyMockMvcBuilderCustomizer(ObjectProvider<PresentedTokens> tokens) {
		return (builder) -> tokens.ifAvailable((known) -> builder.apply(new Presenting(known)));
	}

	/** Adds the header to each request. */
	private record Presenting(PresentedTokens tokens) implements MockMvcConfigurer {

		@Override
		public @Nullable RequestPostProcessor beforeMockMvcCreated(ConfigurableMockMvcBuilder<?> builder,
				WebApplicationContext context) {
			return this::present;
		}

		private MockHttpServletRequest present(MockHttpServletRequest request) {
			if (TestSecurityContextHolder.getContext().getAuthentication() instanceof TokenAuthentication caller
					&& request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
				request.addHeader(HttpHeaders.AUTHORIZATION, this.tokens.header("of-a-test"));
				TokenFilter.decided(request, caller);
			}
			return request;
		}

	}

}
