package dev.rapport.mining.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.mining.cluster.DistanceKernel;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VectorKernelTest {
    @Test
    void itIsFoundAndFindsWhatThePlainKernelFinds() {
        assertThat(DistanceKernel.fastest()).isInstanceOf(VectorKernel.class);
        var random = new SplittableRandom(5);
        for (int columns = 1; columns <= 9; columns++) {
            double[][] x = new double[columns][1003];
            for (double[] column : x) for (int i = 0; i < column.length; i++) column[i] = random.nextGaussian();
            double[][] centres = new double[1 + columns][columns];
            for (double[] centre : centres) for (int j = 0; j < columns; j++) centre[j] = random.nextGaussian();
            int[] plain = new int[1003];
            int[] vector = new int[1003];
            DistanceKernel.plain().nearest(x, 3, 1000, centres, plain);
            new VectorKernel().nearest(x, 3, 1000, centres, vector);
            assertThat(vector).isEqualTo(plain);
        }
    }
}
