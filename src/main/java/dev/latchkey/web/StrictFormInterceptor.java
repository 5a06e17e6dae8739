package dev.latchkey.web;

import java.io.IOException;
import java.lang.reflect.Parameter;
import java.util.HashMap;
import java.util.Map;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a form that no page of ours sends, before it is bound: which fields a form has,
 * the arguments of its handler say. Whatever a page may ask for is asked for here first,
 * so that what cannot be read is refused before anything is rendered.
 */
class StrictFormInterceptor implements HandlerInterceptor {

	private final PerHandler<FormFields> declared = new PerHandler<>(StrictFormInterceptor::declared);

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		if (request.getDispatcherType() == DispatcherType.ERROR || !(handler instanceof HandlerMethod method)) {
			return true;
		}
		Map<String, String[]> sent = request.getParameterMap();
		boolean form = HttpMethod.POST.matches(request.getMethod());
		if (form ? !this.declared.of(method).admit(sent)
				: !sent.isEmpty() && this.declared.of(method).havePlaces(sent.keySet())) {
			response.sendError(HttpServletResponse.SC_BAD_REQUEST);
			return false;
		}
		return true;
	}

	/** A record without an annotation, or with that of a model, is a form. */
	private static FormFields declared(HandlerMethod handler) {
		Map<String, Class<?>> types = new HashMap<>();
		for (MethodParameter parameter : handler.getMethodParameters()) {
			RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
			if (annotation != null) {
				types.put(ParameterNames.of(parameter, annotation), parameter.getParameterType());
			}
			else if (parameter.getParameterType().isRecord() && (parameter.getParameterAnnotations().length == 0
					|| parameter.hasParameterAnnotation(ModelAttribute.class))) {
				for (Parameter field : parameter.getParameterType().getDeclaredConstructors()[0].getParameters()) {
					BindParam renamed = field.getAnnotation(BindParam.class);
					types.put((renamed != null) ? renamed.value() : field.getName(), field.getType());
				}
			}
		}
		return FormFields.of(types);
	}

}
