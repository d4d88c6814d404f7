package dev.rapport.http;

import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives controllers the actor who calls and the body that was sent. */
@Component
class ArgumentResolvers implements WebMvcConfigurer {
    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ActorResolver());
        resolvers.add(new BodyResolver());
    }

    private static final class ActorResolver implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Actor.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binder) {
            return Caller.of(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
        }
    }

    private static final class BodyResolver implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == JsonBody.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binder)
                throws IOException {
            var http = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
            var type = http.getContentType();
            if (type == null || !type.split(";")[0].strip().matches("(?i)application/(.*\\+)?json"))
                throw Refusal.of(Refusal.Kind.UNSUPPORTED, "media-type");
            if (http.getContentLengthLong() > Json.MAX_DOCUMENT) throw Refusal.of(Refusal.Kind.TOO_LARGE, "too-large");
            var bytes = http.getInputStream().readNBytes(Json.MAX_DOCUMENT + 1);
            if (bytes.length > Json.MAX_DOCUMENT) throw Refusal.of(Refusal.Kind.TOO_LARGE, "too-large");
            return new JsonBody(Json.parse(bytes));
        }
    }
}
