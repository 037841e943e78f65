plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.kotlin.android)
}

dependencies {
    implementation(libs.bundles.compose)
    implementation(libs.firebase.analytics)
    implementation(libs.sentry.android)
    testImplementation(libs.junit)
}
