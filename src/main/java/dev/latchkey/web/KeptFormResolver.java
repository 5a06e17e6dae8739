package dev.latchkey.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.validation.BindException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.ServletModelAttributeMethodProcessor;

/**
 * Gives the handler of a page the form that was kept for it, as it would get one that is
 * sent. What cannot be read is not there.
 */
class KeptFormResolver implements HandlerMethodArgumentResolver {

	private final ServletModelAttributeMethodProcessor forms = new ServletModelAttributeMethodProcessor(true);

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.hasParameterAnnotation(KeptForm.class);
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest request, @Nullable WebDataBinderFactory binders) throws Exception {
		HttpServletRequest servlet = request.getNativeRequest(HttpServletRequest.class);
		if (servlet == null || KeptFormRequest.fields(servlet) == null) {
			return null;
		}
		try {
			return this.forms.resolveArgument(parameter, container, request, binders);
		}
		catch (BindException ex) {
			return null;
		}
	}

}
