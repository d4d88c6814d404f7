package dev.rapport.identity.web;

import dev.rapport.http.ProblemWriter;
import dev.rapport.identity.Sessions;
import dev.rapport.kernel.Refusal;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Nothing under {@code /api} is open but what is named here; everything else is the UI's static files. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String CONTENT_POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
                    + " img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none';"
                    + " form-action 'self'; frame-ancestors 'none'";

    @Bean
    SecurityFilterChain security(HttpSecurity http, Sessions sessions, SessionCookie cookie) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable) // SignInFilter checks X-CSRF-Token against the session
                // no sessions of the framework's own: SignInFilter sets who calls, and takes it away again
                .sessionManagement(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                        .cacheControl(cache -> cache.disable()))
                .addFilterBefore(new SignInFilter(sessions, cookie), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests
                        // the second half of a request that was let in already, such as a stream that ends
                        .dispatcherTypeMatchers(DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, "/api/session", "/api/setup")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/api/health", "/api/ready", "/api/setup", "/api/openapi.json")
                        .permitAll()
                        // what people without an account reach with a link that they were given
                        .requestMatchers("/api/public/**")
                        .permitAll()
                        .requestMatchers("/api/**")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .exceptionHandling(handling -> handling.authenticationEntryPoint(
                                (request, response, e) -> ProblemWriter.write(
                                        request, response, Refusal.of(Refusal.Kind.UNAUTHENTICATED, "unauthenticated")))
                        .accessDeniedHandler((request, response, e) -> ProblemWriter.write(
                                request, response, Refusal.of(Refusal.Kind.UNAUTHENTICATED, "unauthenticated"))))
                .build();
    }

    /** No users of the framework's own: it would otherwise invent one with a printed password. */
    @Bean
    UserDetailsService noUsers() {
        return new InMemoryUserDetailsManager();
    }
}
