package dev.rapport.identity.external;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the operator says of directories. */
@Configuration(proxyBeanMethods = false)
class DirectoryConfiguration {
    @Bean
    DirectorySettings directorySettings() {
        return DirectorySettings.fromEnvironment();
    }
}
