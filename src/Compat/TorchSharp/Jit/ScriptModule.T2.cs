using ModuleHandle = Fovea.Native.ModuleHandle;

namespace TorchSharp;

public static partial class torch
{
    public static partial class jit
    {
        /// <summary>A TorchScript module of two arguments.</summary>
        public class ScriptModule<T1, T2, TResult> :
            HookableScriptModule<
                Func<ScriptModule<T1, T2, TResult>, T1, T2, (T1, T2)?>,
                Func<ScriptModule<T1, T2, TResult>, T1, T2, TResult, TResult>>,
            nn.IModule<T1, T2, TResult>
        {
            internal ScriptModule(ModuleHandle module)
                : base(module)
            {
            }

            public TResult call(T1 input1, T2 input2)
            {
                foreach (var hook in pre_hooks.Values)
                    (input1, input2) = hook(this, input1, input2) ?? (input1, input2);
                var result = forward(input1, input2);
                foreach (var hook in post_hooks.Values)
                    result = hook(this, input1, input2, result) ?? result;
                return result;
            }

            public TResult forward(T1 input1, T2 input2) => (TResult)base.forward(input1!, input2!);
        }
    }
}
