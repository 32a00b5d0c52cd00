using ModuleHandle = Fovea.Native.ModuleHandle;

namespace TorchSharp;

public static partial class torch
{
    public static partial class jit
    {
        /// <summary>A TorchScript module of one argument.</summary>
        public class ScriptModule<T, TResult> :
            HookableScriptModule<Func<ScriptModule<T, TResult>, T, T>, Func<ScriptModule<T, TResult>, T, TResult, TResult>>,
            nn.IModule<T, TResult>
        {
            internal ScriptModule(ModuleHandle module)
                : base(module)
            {
            }

            public TResult call(T input)
            {
                foreach (var hook in pre_hooks.Values)
                    input = hook(this, input) ?? input;
                var result = forward(input);
                foreach (var hook in post_hooks.Values)
                    result = hook(this, input, result) ?? result;
                return result;
            }

            public TResult forward(T tensor) => (TResult)base.forward(tensor!);
        }
    }
}
